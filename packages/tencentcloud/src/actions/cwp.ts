import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const exportTasks = byMember('ExportTasks', 'TaskId')

/**
 * Host security, `cwp` 2018-02-28.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (cwp/v20180228) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const cwp = {
  service: 'cwp',
  version: '2018-02-28',
  submits: {
    // The doc comments of the types name the query.
    ExportAssetAppList: exportTasks,
    ExportAssetCoreModuleList: exportTasks,
    ExportAssetDatabaseList: exportTasks,
    ExportAssetEnvList: exportTasks,
    ExportAssetInitServiceList: exportTasks,
    ExportAssetJarList: exportTasks,
    ExportAssetMachineList: exportTasks,
    ExportAssetPlanTaskList: exportTasks,
    ExportAssetPortInfoList: exportTasks,
    ExportAssetProcessInfoList: exportTasks,
    ExportAssetSystemPackageList: exportTasks,
    ExportAssetUserList: exportTasks,
    ExportAssetWebAppList: exportTasks,
    ExportAssetWebFrameList: exportTasks,
    ExportAssetWebLocationList: exportTasks,
    ExportAssetWebServiceInfoList: exportTasks,
    ExportAttackEvents: exportTasks,
    ExportBaselineEffectHostList: exportTasks,
    ExportBaselineList: exportTasks,
    ExportBashEvents: exportTasks,
    ExportBashEventsNew: exportTasks,
    ExportBashPolicies: exportTasks,
    ExportBruteAttacks: exportTasks,
    ExportFileTamperEvents: exportTasks,
    ExportFileTamperRules: exportTasks,
    ExportIgnoreBaselineRule: exportTasks,
    ExportIgnoreRuleEffectHostList: exportTasks,
    ExportJavaMemShellPlugins: exportTasks,
    ExportJavaMemShells: exportTasks,
    ExportLicenseDetail: exportTasks,
    ExportMaliciousRequests: exportTasks,
    ExportMalwares: exportTasks,
    ExportNonlocalLoginPlaces: exportTasks,
    ExportPatchEffectHostList: exportTasks,
    ExportPrivilegeEvents: exportTasks,
    ExportProtectDirList: exportTasks,
    ExportRansomDefenseBackupList: exportTasks,
    ExportRansomDefenseEventsList: exportTasks,
    ExportRansomDefenseMachineList: exportTasks,
    ExportRansomDefenseStrategyList: exportTasks,
    ExportRansomDefenseStrategyMachines: exportTasks,
    ExportReverseShellEvents: exportTasks,
    ExportRiskDnsEventList: exportTasks,
    ExportRiskDnsPolicyList: exportTasks,
    ExportRiskProcessEvents: exportTasks,
    ExportScanTaskDetails: exportTasks,
    ExportVulDefenceEvent: exportTasks,
    ExportVulDefenceList: exportTasks,
    ExportVulDefencePluginEvent: exportTasks,
    ExportVulDetectionExcel: exportTasks,
    ExportVulEffectHostList: exportTasks,
    ExportVulInfo: exportTasks,
    ExportVulList: exportTasks,
    ExportWebPageEventList: exportTasks,
    ExportWindowsPatchList: exportTasks,
  },
  queries: {
    // ExportTasksResponse.Status: "PENDING：正在生成下载链接，FINISHED：下载链接已生成，ERROR：网络异常等异
    // 常情况"
    ExportTasks: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['FINISHED'],
      failed: ['ERROR'],
      inProgress: ['PENDING'],
    }),
  },
} as const satisfies Service
